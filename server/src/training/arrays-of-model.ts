import type { ServedModel } from "../services/recommendation/domain/training/training-data.ts";

/** The memory of a model, which goes over to another thread instead of being copied. */
export function arraysOfModel({ bookIds, bookLikes, popularity, order, weights }: ServedModel): ArrayBuffer[] {
  const arrays = [bookIds, bookLikes, popularity, order, weights.starts, weights.targets, weights.weights];
  // Models are made of ordinary arrays, none of them shared.
  return [...new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer))];
}
