import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  DataSource,
  type EvaluationSchema,
  type ModelSchema,
  type TrainingDataSchema,
  TrainingPhase,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { comparisonMessage } from "./comparison-message.ts";
import type { ModelEvaluation, ModelState, TrainingDataSize } from "./domain/model-state.ts";
import type { RankingComparisonStore } from "./domain/ranking-comparison.ts";

const sources = { "built-in": DataSource.BUILT_IN, imported: DataSource.IMPORTED } as const;
const phases = {
  reading: TrainingPhase.READING,
  counting: TrainingPhase.COUNTING,
  solving: TrainingPhase.SOLVING,
  evaluating: TrainingPhase.EVALUATING,
} as const;

/** The message of the state of the model, and of the comparison of rankings where there is one. */
export function modelMessage(
  state: ModelState,
  comparison: Pick<RankingComparisonStore, "counts"> | undefined,
): MessageInitShape<typeof ModelSchema> {
  const { version, trained, update, training, evaluation, failure, changesSince } = state;
  return {
    version: BigInt(version),
    failure,
    changesSince: BigInt(changesSince),
    ...(trained && {
      trainedAt: timestampFromDate(trained.at),
      trainingSeconds: trained.seconds,
      data: dataMessage(trained.data),
    }),
    ...(update && { booksUpdated: update.books, updatedAt: timestampFromDate(update.at) }),
    ...(training && {
      training: {
        phase: phases[training.phase],
        progress: training.progress,
        startedAt: timestampFromDate(training.startedAt),
      },
    }),
    ...(comparison && { comparison: comparisonMessage(comparison.counts()) }),
    ...(evaluation && { evaluation: evaluationMessage(evaluation) }),
  };
}

function dataMessage({ source, likes, ...counts }: TrainingDataSize): MessageInitShape<typeof TrainingDataSchema> {
  return { ...counts, source: sources[source], likes: BigInt(likes) };
}

function evaluationMessage({ time, models, ...rest }: ModelEvaluation): MessageInitShape<typeof EvaluationSchema> {
  return { ...rest, time: timestampFromDate(time), models: models.map((model) => ({ ...model })) };
}
