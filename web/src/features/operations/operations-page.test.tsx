import { Code, ConnectError, createRouterTransport, type ServiceImpl } from "@connectrpc/connect";
import { act, screen, within } from "@testing-library/react";
import { OperationsService } from "@triptych/proto/triptych/operations/v1/operations_pb.ts";
import { settled } from "@triptych/testkit/page/fake-environment.ts";
import { expect, it, vi } from "vitest";
import type { Session } from "../../session/session.ts";
import { guestSession, SessionContext } from "../../session/session-context.ts";
import { createFakeEnvironment } from "../../test/fake-environment.ts";
import { renderApp } from "../../test/render-app.tsx";
import { OperationsPage } from "./operations-page.tsx";

const method = "triptych.greeter.v1.GreeterService/SayHello";
const traceId = "0af7651916cd43dd8448eb211c80319c";

/** Shows the page of a server that answers so, once what has come is painted. */
async function setUp(
  watchOperations: NonNullable<ServiceImpl<typeof OperationsService>["watchOperations"]>,
  session: Session = { kind: "not-asked" },
) {
  const environment = createFakeEnvironment();
  const transport = createRouterTransport(({ rpc }) => {
    rpc(OperationsService.method.watchOperations, watchOperations);
  });
  renderApp(
    <SessionContext value={{ ...guestSession, get: () => session }}>
      <OperationsPage />
    </SessionContext>,
    { transport, environment },
  );
  await act(async () => {
    for (let round = 0; round < 3; round++) {
      await settled();
      environment.paint();
    }
  });
}

const untilLeft = (signal: AbortSignal) => new Promise((resolve) => signal.addEventListener("abort", resolve));

it("shows what stands out, then the calls by method and protocol, and the latest errors with their trace", async () => {
  await setUp(async function* (_request, { signal }) {
    const codes = [
      { code: "ok", count: 100n, recent: 20n },
      { code: "NotFound", count: 3n, recent: 2n },
      { code: "Unavailable", isTrouble: true, count: 1n, recent: 1n },
    ];
    const recent = { count: 23n, p50Seconds: 0.001, p95Seconds: 0.02, p99Seconds: 1.5 };
    yield {
      ...{ uptimeSeconds: 120, recentSeconds: 10 },
      methods: [{ method, inFlight: 4n, protocols: [{ protocol: "grpc-web", codes, recent }] }],
      failedCalls: [{ method, protocol: "grpc-web", code: "Unavailable", seconds: 0.2, traceId }],
      refusals: [{ metric: "connections_refused_total", reason: "address", count: 9n }],
    };
    await untilLeft(signal);
  });
  const row = screen.getByRole("row", { name: /^GreeterService\/SayHello/ });
  expect(
    within(row)
      .getAllByRole("cell")
      .map(({ textContent }) => textContent),
  ).toEqual([...["grpc-web", "4", "2.3", "1", "2", "1.0 ms", "20 ms", "1.50 s"]]);
  const findings = within(screen.getByRole("list", { name: "What stands out" })).getAllByRole("listitem");
  expect(findings.map(({ textContent }) => textContent)).toEqual([expect.stringContaining("1 of 23 calls ended with")]);
  expect(screen.getByRole("list", { name: "Latest errors" }).textContent).toContain(traceId);
  expect(screen.getByRole("row", { name: /MAX_CONNECTIONS_PER_ADDRESS/ }).textContent).toContain("9");
});

it("says that nothing stands out where nothing does", async () => {
  await setUp(async function* (_request, { signal }) {
    yield { uptimeSeconds: 120, recentSeconds: 60 };
    await untilLeft(signal);
  });
  expect(screen.getByText(/no call has failed by the server/)).toBeDefined();
  expect(screen.getByText("None since the server started.")).toBeDefined();
});

it("says which process it shows, where there are several", async () => {
  await setUp(async function* (_request, { signal }) {
    yield { uptimeSeconds: 120, recentSeconds: 60, process: { place: 2, processes: 4 } };
    await untilLeft(signal);
  });
  expect(screen.getByText(/This is process 2 of 4/).textContent).toContain("/metrics has those of all");
});

it("says how to have it shown where the server does not show it", async () => {
  await setUp(() => {
    throw new ConnectError("not shown", Code.FailedPrecondition);
  });
  expect(screen.getByText(/does not show how it is/).textContent).toContain("SHOW_OPERATIONS=yes");
});

const user = { name: "Ada", isAdmin: false, readerId: 1, expiresAt: Number.POSITIVE_INFINITY };

it.each<[string, Session, RegExp]>([
  ["a person who is no admin", { kind: "signed-in", user }, /^This is for admins: /],
  ["who has not signed in", { kind: "signed-out", signsIn: true }, /^Sign in to do this: /],
])("says why not to %s, and does not ask", async (_who, session, reason) => {
  const watchOperations = vi.fn(async function* () {});
  await setUp(watchOperations, session);
  expect(screen.getByText(reason)).toBeDefined();
  expect(screen.queryAllByRole("link", { name: "Sign in" })).toHaveLength(session.kind === "signed-out" ? 1 : 0);
  expect(watchOperations).not.toHaveBeenCalled();
});

it("is shown to an admin", async () => {
  await setUp(
    async function* (_request, { signal }) {
      yield { uptimeSeconds: 120, recentSeconds: 60 };
      await untilLeft(signal);
    },
    { kind: "signed-in", user: { ...user, isAdmin: true } },
  );
  expect(screen.getByText(/no call has failed by the server/)).toBeDefined();
});
