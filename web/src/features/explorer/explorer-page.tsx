import { Code, ConnectError } from "@connectrpc/connect";
import { Skeleton } from "@mantine/core";
import { lazy, Suspense, useEffect, useMemo } from "react";
import { useSearch } from "wouter";
import { chosenServer } from "../../call-link/method-address.ts";
import { ErrorBoundary } from "../../components/error-boundary.tsx";
import { lazyPart } from "../../components/lazy-part.ts";
import { ErrorNotice } from "../../errors/error-notice.tsx";
import { PartFailure } from "../../shell/part-failure.tsx";
import classes from "./explorer-page.module.css";
import { useSchema } from "./schema/use-schema.ts";
import { mayCallOthers } from "./server/own-document.ts";
import { ownServer, readServerAddress, type ServerAddress } from "./server/server-address.ts";
import { ServerProvider } from "./server/server-provider.tsx";
import { useValues } from "./variables/environments-context.ts";

const load = () => import("./explorer.tsx");
// The server is asked meanwhile.
const Explorer = lazy(async () => ({ default: (await load()).Explorer }));

/** Loads what shows a server and a method, ahead of time. Where it cannot be loaded, that is seen in its place. */
function preload(): void {
  load()
    .then(({ preloadMethodView }) => preloadMethodView())
    .catch(() => {});
}

const ServerBar = lazyPart(
  async () => (await import("./server/server-bar.tsx")).ServerBar,
  () => PartFailure({}),
);

/** Calls any method of the server, or of another one, known from reflection alone. */
export function ExplorerPage() {
  const named = chosenServer(useSearch()) ?? "";
  const values = useValues();
  const read = useMemo(() => readServerAddress(named, window.location.origin, values), [named, values]);
  const server: ServerAddress = "problem" in read ? ownServer : read;
  const mustReload = server.kind === "direct" && !mayCallOthers();
  const isAsked = !mustReload && !("problem" in read);
  useEffect(() => {
    if (mustReload) window.location.reload();
  }, [mustReload]);
  // It comes while the server is asked what it serves.
  useEffect(preload, []);
  return (
    <ServerProvider server={server}>
      <div className={classes.page}>
        <Suspense fallback={<div className={classes.bar} />}>
          <ServerBar named={named} isAsked={isAsked} />
        </Suspense>
        {isAsked && <ExplorerOfServer />}
        {mustReload && <Loading />}
      </div>
    </ServerProvider>
  );
}

function ExplorerOfServer() {
  const { data: schema, error, refetch } = useSchema();
  if (schema !== undefined) {
    return (
      <ErrorBoundary resetKey="" fallback={() => <PartFailure />}>
        <Suspense fallback={<Loading />}>
          <Explorer schema={schema} />
        </Suspense>
      </ErrorBoundary>
    );
  }
  if (error === null) return <Loading />;
  const hasNone = ConnectError.from(error).code === Code.Unimplemented;
  const sentence = hasNone
    ? "The server does not say what it serves: upload its contracts to call it all the same."
    : "The server does not say what it serves.";
  return <ErrorNotice error={error} sentence={sentence} onRetry={() => void refetch()} />;
}

function Loading() {
  return (
    <div aria-busy="true" className={classes.loading}>
      <span role="status" className={classes.words}>
        Asking the server what it serves…
      </span>
      <Skeleton height="26rem" />
      <Skeleton height="26rem" />
    </div>
  );
}
