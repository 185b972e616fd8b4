import { Code, ConnectError, createRouterTransport, type ServiceImpl } from "@connectrpc/connect";
import { screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { TraceService } from "@triptych/proto/triptych/trace/v1/trace_pb.ts";
import { createMethodRegistry, createRecorderStore, type HeaderEntry } from "@triptych/rpc-web";
import { expect, it, vi } from "vitest";
import type { Session } from "../../session/session.ts";
import { guestSession, SessionContext } from "../../session/session-context.ts";
import { createFakeEnvironment } from "../../test/fake-environment.ts";
import { renderApp } from "../../test/render-app.tsx";
import { UnrecordedTransportContext } from "../../transport/unrecorded-transport-context.ts";
import { TimelineView } from "./timeline-view.tsx";

const traceId = "0af7651916cd43dd8448eb211c80319c";
const traced: HeaderEntry = ["traceparent", `00-${traceId}-b7ad6b7169203331-01`];

/** Shows a call that is open, of a server whose spans are watched so. */
function setUp(
  watchSpans: NonNullable<ServiceImpl<typeof TraceService>["watchSpans"]>,
  headers = [traced],
  session: Session = { kind: "not-asked" },
) {
  const environment = createFakeEnvironment();
  const store = createRecorderStore({ environment, methods: createMethodRegistry([CalculatorService]) });
  const url = "http://server/triptych.calculator.v1.CalculatorService/Evaluate";
  store.callStarted({ via: "websocket", httpMethod: "POST", url, headers })?.requestSent();
  environment.paint();
  const [call] = store.getState().calls;
  if (call === undefined) throw new Error("the call is not recorded");
  const transport = createRouterTransport(({ rpc }) => {
    rpc(TraceService.method.watchSpans, watchSpans);
  });
  renderApp(
    <SessionContext value={{ ...guestSession, get: () => session }}>
      <UnrecordedTransportContext value={() => transport}>
        <TimelineView call={call} now={store.now} />
      </UnrecordedTransportContext>
    </SessionContext>,
    { environment },
  );
  return { startedAt: call.startedAt };
}

const row = (name: RegExp) => screen.findByRole("row", { name });

it("shows the server's spans below what the browser knows, and asks by the trace of the call", async () => {
  const asked: string[] = [];
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  setUp(async function* (request) {
    asked.push(request.traceId);
    const spanId = "00f067aa0ba902b7";
    yield {
      spans: [
        {
          spanId,
          name: "CalculatorService/Evaluate",
          startUnixNano: -5_000_000_000n,
          events: [{ timeUnixNano: 6_000_000_000n }],
        },
      ],
    };
    await over;
  });
  const step = await row(/^Evaluate \(1\)/);
  expect(within(step).getByText(/so far$/)).toBeDefined();
  expect(await row(/^Queued in the browser/)).toBeDefined();
  expect(asked).toEqual([traceId]);
  expect(screen.getByText(/clock of the server differs/)).toBeDefined();
  end();
});

it("says how to see the server's half where the server does not show it", async () => {
  setUp(() => {
    throw new ConnectError("it shows none", Code.FailedPrecondition);
  });
  expect((await screen.findByText(/does not show its half/)).textContent).toContain("SHOW_SPANS=yes");
});

it("says to whom the server's half is shown where that is not the person at the page", async () => {
  setUp(() => {
    throw new ConnectError("only an admin may call this", Code.PermissionDenied);
  });
  expect(await screen.findByText(/to admins alone/)).toBeDefined();
  expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
});

it("says why the server's half is missing, and asks again when told to", async () => {
  let tries = 0;
  setUp(async function* () {
    tries += 1;
    if (tries === 1) throw new ConnectError("gone", Code.Unavailable);
    yield { spans: [] };
  });
  expect((await screen.findByRole("alert")).textContent).toContain("cannot be reached");
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("The server has no spans of this call.")).toBeDefined();
  expect(tries).toBe(2);
});

it("asks no server where the call has no trace, and says so", async () => {
  setUp(() => {
    throw new Error("nothing is to be asked");
  }, []);
  expect(await row(/^The call/)).toBeDefined();
  expect(screen.getByText(/^The call has no trace/)).toBeDefined();
});

const user = { name: "Ada", isAdmin: false, readerId: 7, expiresAt: 1 };

it.each<[who: string, Session]>([
  ["somebody who is no admin", { kind: "signed-in", user }],
  ["nobody who has signed in", { kind: "signed-out", signsIn: true }],
])("asks no server for %s, and says to whom its half is shown", async (_who, session) => {
  const asked = vi.fn();
  setUp(
    async function* () {
      asked();
      yield { spans: [] };
    },
    [traced],
    session,
  );
  expect(await screen.findByText(/to admins alone/)).toBeDefined();
  expect(asked).not.toHaveBeenCalled();
});

it("asks the server for an admin", async () => {
  setUp(
    async function* () {
      yield { spans: [] };
    },
    [traced],
    { kind: "signed-in", user: { ...user, isAdmin: true } },
  );
  expect(await screen.findByText("The server has no spans of this call.")).toBeDefined();
});
