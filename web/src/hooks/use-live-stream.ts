import { useTransport } from "@connectrpc/connect-query";
import { type LiveStreamResult, type UseLiveStreamOptions, useLiveStream as useStream } from "@triptych/rpc-web/react";
import { useContext } from "react";
import { StreamEnvironmentContext } from "./stream-environment.ts";

/**
 * Follows a stream over the protocol in use, in the environment of the page: see `useLiveStream` of the package. Another protocol
 * opens it again, after the last message.
 */
export function useLiveStream<M, S>(
  options: Omit<UseLiveStreamOptions<M, S>, "transport" | "environment">,
): LiveStreamResult<S> {
  const transport = useTransport();
  const environment = useContext(StreamEnvironmentContext);
  return useStream({ ...options, transport, environment });
}
