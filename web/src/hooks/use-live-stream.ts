import { useTransport } from "@connectrpc/connect-query";
import { type LiveStreamResult, type UseLiveStreamOptions, useLiveStream as useStream } from "@triptych/rpc-web/react";
import { useContext } from "react";
import { SessionContext } from "../session/session-context.ts";
import { StreamEnvironmentContext } from "./stream-environment.ts";

/**
 * Follows a stream over the protocol in use, in the environment of the page: see `useLiveStream` of the package. Another protocol
 * opens it again, after the last message; so does a session of the page that was refreshed when it had expired.
 */
export function useLiveStream<M, S>(
  options: Omit<UseLiveStreamOptions<M, S>, "transport" | "environment" | "refreshCredential">,
): LiveStreamResult<S> {
  const transport = useTransport();
  const environment = useContext(StreamEnvironmentContext);
  const { refresh } = useContext(SessionContext);
  return useStream({ ...options, transport, environment, refreshCredential: refresh });
}
