import { Code, ConnectError, type ServiceImpl } from "@connectrpc/connect";
import {
  type Health as HealthService,
  HealthCheckResponse_ServingStatus as ServingStatus,
} from "../../gen/grpc/health/v1/health_pb.ts";
import { truncate } from "../../messages/truncate-text.ts";
import type { Health, ServiceStatus } from "./health.ts";

/** Creates `grpc.health.v1`: what load balancers and probes ask. */
export function createHealthService({ health }: { readonly health: Health }): ServiceImpl<typeof HealthService> {
  return {
    check({ service }) {
      const status = health.status(service);
      if (status === "unknown") throw new ConnectError(`no such service: ${truncate(service, 100)}`, Code.NotFound);
      return { status: STATUSES[status] };
    },
    list() {
      const statuses = health.names().map((name) => [name, { status: STATUSES[health.status(name)] }]);
      return { statuses: Object.fromEntries(statuses) };
    },
    async *watch({ service }, { signal }) {
      for await (const status of health.watch(service, signal)) yield { status: STATUSES[status] };
    },
  };
}

const STATUSES: Readonly<Record<ServiceStatus, ServingStatus>> = {
  serving: ServingStatus.SERVING,
  "not-serving": ServingStatus.NOT_SERVING,
  unknown: ServingStatus.SERVICE_UNKNOWN,
};
