import {
  ReaderEventKind,
  RecommendationService,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { useCallback } from "react";
import { useReader } from "../../../reader/use-reader.ts";
import { useServiceClient } from "../../../transport/use-service-client.ts";

const kinds = { opened: ReaderEventKind.OPENED, "put-into-basket": ReaderEventKind.PUT_INTO_BASKET } as const;

/**
 * Reports what the current reader does with a book. Nobody waits for it: a report that fails is left, for there is nothing that the reader could
 * do.
 */
export function useReportEvent(): (kind: keyof typeof kinds, bookId: number) => void {
  const client = useServiceClient(RecommendationService);
  const { readerId: userId } = useReader();
  return useCallback(
    (kind, bookId) => {
      client.reportEvents({ userId, events: [{ kind: kinds[kind], bookId }] }).catch(() => {});
    },
    [client, userId],
  );
}
