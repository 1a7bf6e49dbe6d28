package dev.moat.coap.service;

import java.util.ArrayList;
import java.util.List;

/**
 * Named filters from the outermost to the innermost. Immutable, so that a pipeline is written one
 * stage per line and a test can assert the order: the order is security.
 *
 * @param <Q> the request's type
 * @param <S> the answer's type
 */
public final class Pipeline<Q, S> {
  private final List<String> names;
  private final List<Filter<Q, S>> filters;

  private Pipeline(List<String> names, List<Filter<Q, S>> filters) {
    this.names = names;
    this.filters = filters;
  }

  /** No stages. */
  public static <Q, S> Pipeline<Q, S> start() {
    return new Pipeline<>(List.of(), List.of());
  }

  /** These stages and, inside of them, {@code filter}; {@code name} is for tests and people. */
  public Pipeline<Q, S> then(String name, Filter<Q, S> filter) {
    List<String> moreNames = new ArrayList<>(names);
    moreNames.add(name);
    List<Filter<Q, S>> moreFilters = new ArrayList<>(filters);
    moreFilters.add(filter);
    return new Pipeline<>(List.copyOf(moreNames), List.copyOf(moreFilters));
  }

  /** The stages' names, outermost first. */
  public List<String> names() {
    return names;
  }

  /** {@code innermost} with all stages around it. */
  public Service<Q, S> into(Service<Q, S> innermost) {
    Service<Q, S> service = innermost;
    for (int i = filters.size() - 1; i >= 0; i--) {
      service = filters.get(i).around(service);
    }
    return service;
  }
}
