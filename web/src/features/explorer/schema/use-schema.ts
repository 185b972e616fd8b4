import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { use } from "react";
import { createTransport } from "../../../transport/create-transport.ts";
import { useProtocol } from "../../../transport/use-protocol.ts";
import { nameOfServer, useServer } from "../server/server-context.ts";
import { UploadsContext } from "../upload/uploads.ts";
import { loadOtherSchema } from "./load-other-schema.ts";
import { loadSchema } from "./load-schema.ts";
import type { Schema } from "./schema.ts";
import { useReflectionTransport } from "./use-reflection-transport.ts";

/** What the server serves, asked once while the page lives. */
export function useSchema(): UseQueryResult<Schema> {
  const { transport, ...asking } = useReflectionTransport();
  const uploads = use(UploadsContext);
  const server = useServer();
  const { protocol } = useProtocol();
  // The answer does not depend on how the own server was asked; another one may answer by one protocol and not by another.
  const of = server.kind === "own" ? [] : [server.text, server.kind === "direct" ? protocol : ""];
  return useQuery({
    queryKey: ["explorer", "schema", ...of],
    queryFn: async ({ signal }) => {
      const set = await uploads.read(nameOfServer(server) ?? "");
      if (set === undefined && server.kind === "direct") {
        const webSocket = () => createTransport({ protocol: "websocket", baseUrl: server.baseUrl });
        return loadOtherSchema({ transport, webSocket, asking }, signal);
      }
      if (set === undefined) return loadSchema(transport, signal, asking);
      return (await import("../upload/schema-of-set.ts")).schemaOfSet(set);
    },
    staleTime: Number.POSITIVE_INFINITY,
    // Another server is asked again when a person says so, and not for as long as it is not there.
    ...(server.kind !== "own" && { retry: false, refetchInterval: false as const }),
    // Descriptors refer to each other in circles: there is nothing in them to compare.
    structuralSharing: false,
  });
}
