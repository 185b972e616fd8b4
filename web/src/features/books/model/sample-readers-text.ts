import type { TrainingData } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";

/**
 * What must stand beside every number of readers, some of whom are generated: `, 1,200 of them generated sample readers`. Empty
 * where all are people.
 */
export function sampleReadersText({ readers, sampleReaders }: Pick<TrainingData, "readers" | "sampleReaders">): string {
  if (sampleReaders <= 0) return "";
  const howMany = sampleReaders >= readers ? "all" : sampleReaders.toLocaleString("en");
  return `, ${howMany} of them generated sample readers`;
}
