import {
  OperationsService,
  type WatchOperationsResponse,
} from "@triptych/proto/triptych/operations/v1/operations_pb.ts";
import type { LiveStreamResult } from "@triptych/rpc-web/react";
import { useLiveStream } from "../../hooks/use-live-stream.ts";
import { useServiceClient } from "../../transport/use-service-client.ts";
import { followOperations, noOperations, type OperationsHistory } from "./operations-history.ts";

/** Follows how the server is. */
export function useOperations(): LiveStreamResult<OperationsHistory> {
  const client = useServiceClient(OperationsService);
  return useLiveStream<WatchOperationsResponse, OperationsHistory>({
    streamKey: "operations",
    open: (signal) => client.watchOperations({}, { signal }),
    initial: noOperations,
    reduce: followOperations,
  });
}
