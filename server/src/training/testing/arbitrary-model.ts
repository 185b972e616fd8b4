import fc from "fast-check";
import type { EvaluationRecord, TrainedModel } from "../trained-model.ts";

const float = fc.double({ noNaN: true, noDefaultInfinity: true });
const date = fc.date({ noInvalidDate: true });
const count = fc.nat();

const evaluation: fc.Arbitrary<EvaluationRecord | undefined> = fc.option(
  fc.record({
    fingerprint: fc.string(),
    likes: count,
    evaluation: fc.record({
      time: date,
      testReaders: count,
      method: fc.string(),
      models: fc.array(
        fc.record({
          name: fc.string(),
          served: fc.boolean(),
          ndcg: count,
          ndcgError: count,
          recall: count,
          hitRate: count,
          coverage: count,
        }),
        { maxLength: 4 },
      ),
    }),
  }),
  { nil: undefined },
);

/** Models of any shape that the format can hold, of whatever content. */
export const arbitraryModel: fc.Arbitrary<TrainedModel> = fc
  .tuple(fc.nat({ max: 6 }), fc.nat({ max: 9 }))
  .chain(([books, weights]) =>
    fc.record({
      version: count,
      fingerprint: fc.string(),
      sequence: count,
      trainedAt: date,
      trainingSeconds: count,
      data: fc.record({
        source: fc.constantFrom("built-in" as const, "imported" as const),
        books: count,
        readers: count,
        sampleReaders: count,
        likes: count,
      }),
      evaluation,
      evaluationAttempts: count,
      model: fc.record({
        readers: count,
        likes: count,
        mostLikes: count,
        order: fc.uint32Array({ minLength: books, maxLength: books }),
        bookIds: fc.int32Array({ minLength: books, maxLength: books }),
        bookLikes: fc.uint32Array({ minLength: books, maxLength: books }),
        popularity: fc.array(float, { minLength: books, maxLength: books }).map((list) => Float64Array.from(list)),
        weights: fc.record({
          starts: fc.uint32Array({ minLength: books + 1, maxLength: books + 1 }),
          targets: fc.uint32Array({ minLength: weights, maxLength: weights }),
          weights: fc.float32Array({ minLength: weights, maxLength: weights, noNaN: true }),
        }),
      }),
    }),
  );
