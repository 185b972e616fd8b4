import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { grpcCall } from "../call.ts";
import type { Row } from "../row.ts";
import { app } from "../servers/app.ts";
import { appOnPostgres } from "../servers/app-on-postgres.ts";
import { underHttp2Load } from "../subjects/under-load.ts";

const call = grpcCall(GreeterService.method.sayHello, { name: "Ada" });
const concurrency = { connections: 4, callsEach: 25 };

/** A call that stores, on either store; both have synced it to the disk before they answer. */
export const postgresUnary: Row = {
  name: "postgres-unary",
  title: "SayHello over gRPC, the store on Postgres and on SQLite",
  unit: "calls/s",
  subjects: [
    underHttp2Load(appOnPostgres, { call, concurrency }),
    underHttp2Load(app, { name: "app on SQLite", call, concurrency }),
  ],
  targets: [{ of: appOnPostgres.name, per: "app on SQLite", bound: "≥", value: 0.5 }],
};
