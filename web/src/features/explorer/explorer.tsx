import { Skeleton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconCompass } from "@tabler/icons-react";
import { type CSSProperties, lazy, Suspense, useMemo, useState } from "react";
import { useLocation, useSearch } from "wouter";
import { chosenMethod, methodHref } from "../../call-link/method-address.ts";
import { sharedHash } from "../../call-link/shared-call.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { ErrorBoundary } from "../../components/error-boundary.tsx";
import { PartFailure } from "../../shell/part-failure.tsx";
import { withProtocol } from "../../transport/protocol-search.ts";
import { useProtocol } from "../../transport/use-protocol.ts";
import classes from "./explorer.module.css";
import type { KeptCall } from "./history/kept-calls.ts";
import { Separator } from "./panes/separator.tsx";
import { usePaneSize } from "./panes/use-pane-size.ts";
import { findMethod, methodName, type Schema } from "./schema/schema.ts";
import { nameOfServer, useServer } from "./server/server-context.ts";
import { sortServices } from "./services/filter-services.ts";
import { KindLegend } from "./services/kind-legend.tsx";
import { MethodSelect } from "./services/method-select.tsx";
import { ServiceTree } from "./services/service-tree.tsx";
import { useSharedCall } from "./share/use-shared-call.ts";
import { SidePanel } from "./side-panel.tsx";

const sideRange = { min: 12, max: 45, initial: 20 };

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
  const [opened, setOpened] = useState(0);
  const isWide = useMediaQuery("(min-width: 60rem)", false, { getInitialValueInEffect: false });
  const server = nameOfServer(useServer());
  const [side, setSide] = usePaneSize("side", sideRange);
  const services = useMemo(() => sortServices(schema.services), [schema]);
  const name = chosenMethod(search);
  const method = name === undefined ? undefined : findMethod(schema, name);
  const begin = shared.call?.method === name ? shared.call : undefined;

  /** Shows a call that is kept, in the place of what is filled in, also where the address is the same. */
  async function openKept({ call }: KeptCall): Promise<void> {
    const hash = await sharedHash(call);
    navigate(withProtocol(methodHref(call.method, call.server), protocol) + hash);
    setOpened((count) => count + 1);
    setChoices((count) => count + 1);
  }

  return (
    <div className={classes.explorer} style={{ "--side": `${side}%` } as CSSProperties}>
      <div className={classes.side}>
        <SidePanel
          onOpen={(kept) => void openKept(kept)}
          methods={
            isWide ? (
              <ServiceTree
                services={services}
                problems={schema.problems}
                chosen={name}
                onChoose={() => setChoices((count) => count + 1)}
              />
            ) : (
              <MethodSelect
                services={services}
                chosen={name}
                onChoose={(chosen) => navigate(withProtocol(methodHref(chosen, server), protocol))}
              />
            )
          }
        />
      </div>
      <Separator label="Width of the methods" size={side} range={sideRange} onChange={setSide} />
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
                key={`${methodName(method)} ${shared.hash} ${opened}`}
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
