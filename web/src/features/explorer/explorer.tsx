import { Skeleton } from "@mantine/core";
import { IconCompass } from "@tabler/icons-react";
import { lazy, Suspense, useMemo, useState } from "react";
import { useLocation, useSearch } from "wouter";
import { EmptyState } from "../../components/empty-state.tsx";
import { useMedia } from "../../devtools/use-media.ts";
import { ErrorBoundary } from "../../shell/error-boundary.tsx";
import { PartFailure } from "../../shell/part-failure.tsx";
import { withProtocol } from "../../transport/protocol-search.ts";
import { useProtocol } from "../../transport/use-protocol.ts";
import classes from "./explorer.module.css";
import { findMethod, methodName, type Schema } from "./schema/schema.ts";
import { sortServices } from "./services/filter-services.ts";
import { KindLegend } from "./services/kind-legend.tsx";
import { chosenMethod, methodHref } from "./services/method-address.ts";
import { MethodSelect } from "./services/method-select.tsx";
import { ServiceTree } from "./services/service-tree.tsx";
import { useSharedCall } from "./share/use-shared-call.ts";

const load = () => import("./method-view.tsx");
// What is sent is written and shown by code that the choice of a method does not need.
const MethodView = lazy(async () => ({ default: (await load()).MethodView }));

/** Loads what shows a method, ahead of time. Where it cannot be loaded, that is seen when a method is chosen. */
export function preloadMethodView(): void {
  load().catch(() => {});
}

/** The services of a server, and the chosen method. */
export function Explorer({ schema }: { readonly schema: Schema }) {
  const search = useSearch();
  const [, navigate] = useLocation();
  const { protocol } = useProtocol();
  const shared = useSharedCall();
  const [choices, setChoices] = useState(0);
  const isWide = useMedia("(min-width: 60rem)");
  const services = useMemo(() => sortServices(schema.services), [schema]);
  const name = chosenMethod(search);
  const method = name === undefined ? undefined : findMethod(schema, name);
  const begin = shared.call?.method === name ? shared.call : undefined;
  return (
    <div className={classes.explorer}>
      {isWide ? (
        <div className={classes.side}>
          <ServiceTree
            services={services}
            problems={schema.problems}
            chosen={name}
            onChoose={() => setChoices((count) => count + 1)}
          />
        </div>
      ) : (
        <MethodSelect
          services={services}
          chosen={name}
          onChoose={(chosen) => navigate(withProtocol(methodHref(chosen), protocol))}
        />
      )}
      <div className={classes.main}>
        {shared.state === "damaged" && (
          <p role="alert" className={classes.damaged}>
            This link is damaged: the call in it cannot be read.
          </p>
        )}
        {name === undefined && (
          <EmptyState
            title="Choose a method"
            icon={<IconCompass size={28} stroke={1.5} />}
            action={isWide && <KindLegend />}
          >
            Its form is built from the server’s own description.
          </EmptyState>
        )}
        {name !== undefined && method === undefined && (
          <EmptyState title="There is no such method">The server does not list {name}.</EmptyState>
        )}
        {method !== undefined && shared.state !== "reading" && (
          <ErrorBoundary resetKey={`${name} ${shared.hash}`} fallback={() => <PartFailure />}>
            <Suspense fallback={<Skeleton height="26rem" />}>
              <MethodView
                key={`${methodName(method)} ${shared.hash}`}
                method={method}
                schema={schema}
                begin={begin}
                choices={choices}
              />
            </Suspense>
          </ErrorBoundary>
        )}
      </div>
    </div>
  );
}
