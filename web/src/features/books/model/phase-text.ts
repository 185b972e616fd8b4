import { TrainingPhase } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";

/** The phases of a training in their order, and what is done in each, for people. */
export const phaseTexts: readonly (readonly [phase: TrainingPhase, short: string, long: string])[] = [
  [TrainingPhase.READING, "Reading", "Reading the likes"],
  [TrainingPhase.COUNTING, "Counting", "Counting which books are liked together"],
  [TrainingPhase.SOLVING, "Solving", "Solving for the weights of each book"],
  [TrainingPhase.EVALUATING, "Evaluating", "Measuring how well it predicts held-out likes"],
];
