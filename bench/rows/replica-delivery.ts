import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { grpcCall } from "../call.ts";
import { type DeliveryTime, deliveryTimes } from "../loads/delivery-times.ts";
import { openWatchers } from "../loads/watchers.ts";
import type { Row, Subject } from "../row.ts";
import { noPostgres, openReplicas } from "../servers/app-on-postgres.ts";
import { quantile } from "../statistics.ts";

const watch = grpcCall(GreeterService.method.watchGreetings, {});
const AFTER_ANSWER = "at another replica, from the answer";
const event = grpcCall(GreeterService.method.sayHello, { name: "Ada" });

/**
 * How soon one replica shows what another has stored. What counts is from when that is committed, which a caller hears by the answer; beside it, for comparison, from the
 * call, at the other replica and at the same: the write, its batch and its sync are part of both.
 */
export const replicaDelivery: Row = {
  name: "replica-delivery",
  title: "from SayHello at one replica to a stream that watches, median",
  unit: "ms",
  subjects: [
    subject(AFTER_ANSWER, 2, ({ sinceAnswer }) => sinceAnswer),
    subject("at another replica, from the call", 2, ({ sinceCall }) => sinceCall),
    subject("at the same replica, from the call", 1, ({ sinceCall }) => sinceCall),
  ],
  targets: [{ of: AFTER_ANSWER, bound: "≤", value: 10 }],
};

/** A stream that watches the last of so many replicas; the events are made at the first. */
function subject(name: string, count: number, timeOf: (time: DeliveryTime) => number): Subject {
  return {
    name,
    whyNot: () => noPostgres,
    async open(harness) {
      const replicas = await openReplicas(harness, count);
      const [first] = replicas;
      const watchers = await openWatchers(replicas.at(-1) ?? first, watch, 1);
      harness.defer(() => watchers.close());
      await watchers.open(1);
      return {
        async sample(seconds) {
          const taken = await deliveryTimes(first, event, watchers, 1, seconds);
          return quantile(taken.map(timeOf), 0.5);
        },
      };
    },
  };
}
