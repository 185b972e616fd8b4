import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { grpcCall } from "../call.ts";
import { deliveryTimes } from "../loads/delivery-times.ts";
import { openWatchers } from "../loads/watchers.ts";
import type { Row, Subject } from "../row.ts";
import { noPostgres, openReplicas } from "../servers/app-on-postgres.ts";
import { quantile } from "../statistics.ts";

const watch = grpcCall(GreeterService.method.watchGreetings, {});
const event = grpcCall(GreeterService.method.sayHello, { name: "Ada" });

/** How soon one replica shows what another has stored, beside how soon that other does: the write and its sync are part of both. */
export const replicaDelivery: Row = {
  name: "replica-delivery",
  title: "from SayHello at one replica to a stream that watches, median",
  unit: "ms",
  subjects: [subject("at another replica", 2), subject("at the same replica", 1)],
  targets: [{ of: "at another replica", bound: "≤", value: 10 }],
};

/** A stream that watches the last of so many replicas; the events are made at the first. */
function subject(name: string, count: number): Subject {
  return {
    name,
    whyNot: () => noPostgres,
    async open(harness) {
      const replicas = await openReplicas(harness, count);
      const [first] = replicas;
      const watchers = await openWatchers(replicas.at(-1) ?? first, watch, 1);
      harness.defer(() => watchers.close());
      await watchers.open(1);
      return { sample: async (seconds) => quantile(await deliveryTimes(first, event, watchers, 1, seconds), 0.5) };
    },
  };
}
