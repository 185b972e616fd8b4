import type { MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, type ServiceImpl } from "@connectrpc/connect";
import type {
  OperationsService,
  WatchOperationsResponseSchema,
} from "@triptych/proto/triptych/operations/v1/operations_pb.ts";
import type { Durations, FiguresSource, MethodFigures, ServerFigures } from "./domain/server-figures.ts";

type Response = MessageInitShape<typeof WatchOperationsResponseSchema>;

/** Shows the figures of a server, where there is a source of them: the one place that says who is shown them. */
export function createOperationsService(source: FiguresSource | undefined): ServiceImpl<typeof OperationsService> {
  return {
    async *watchOperations(_request, { signal }) {
      if (source === undefined) {
        const text = "this server does not show its operations: SHOW_OPERATIONS=yes has it do so";
        throw new ConnectError(text, Code.FailedPrecondition);
      }
      for await (const figures of source.watch(signal)) yield figuresMessage(figures);
    },
  };
}

function figuresMessage(figures: ServerFigures): Response {
  const { time, uptimeSeconds, recentSeconds, methods, refusals, failedCalls, load, process, store, model } = figures;
  return {
    time: timestampFromDate(time),
    uptimeSeconds,
    recentSeconds,
    methods: methods.map(methodMessage),
    refusals: refusals.map((refused) => ({ ...refused, ...counted(refused) })),
    failedCalls: failedCalls.map(({ time: endedAt, traceId = "", requestId = "", ...call }) => ({
      ...call,
      ...{ time: timestampFromDate(endedAt), traceId, requestId },
    })),
    load: {
      connections: BigInt(load.connections),
      calls: BigInt(load.calls),
      handlers: BigInt(load.handlers),
      answers: BigInt(load.answers),
      requestBytes: BigInt(load.requestBytes),
      held: Object.fromEntries(Object.entries(load.held).map(([what, count]) => [what, BigInt(count)])),
    },
    process: {
      ...process,
      residentBytes: BigInt(process.residentBytes),
      heapBytes: BigInt(process.heapBytes),
    },
    store: {
      pendingWrites: BigInt(store.pendingWrites),
      lagSeconds: store.lagSeconds,
      recentWrites: durationsMessage(store.recentWrites),
      recentSyncs: durationsMessage(store.recentSyncs),
    },
    model: { ...model, version: BigInt(model.version), changedLikes: BigInt(model.changedLikes) },
  };
}

function methodMessage({ inFlight, faults, recentFaults, protocols, ...method }: MethodFigures) {
  return {
    ...method,
    inFlight: BigInt(inFlight),
    faults: BigInt(faults),
    recentFaults: BigInt(recentFaults),
    protocols: protocols.map(({ protocol, codes, recent }) => ({
      protocol,
      codes: codes.map((code) => ({ ...code, ...counted(code) })),
      recent: durationsMessage(recent),
    })),
  };
}

function counted({ count, recent }: { readonly count: number; readonly recent: number }) {
  return { count: BigInt(count), recent: BigInt(recent) };
}

function durationsMessage({ count, ...shares }: Durations) {
  return { ...shares, count: BigInt(count) };
}
