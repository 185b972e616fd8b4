import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { grpcCall } from "../call.ts";
import { importedApp } from "../imported/imported-app.ts";
import { makeReader, READER, READER_BOOKS } from "../imported/make-reader.ts";
import type { Row } from "../row.ts";
import { underHttp2Load } from "../subjects/under-load.ts";

const hello = grpcCall(GreeterService.method.sayHello, { name: "Ada" });
const tenBooks = grpcCall(RecommendationService.method.recommend, { userId: READER });
const concurrency = { connections: 4, callsEach: 25 };

/** Lists with all their reasons, beside the plainest call of the same server. */
export const recommend: Row = {
  name: "recommend",
  title: `the best 10 of the imported catalogue with their reasons, for a reader of ${READER_BOOKS} books`,
  unit: "calls/s",
  subjects: [
    underHttp2Load(importedApp, { name: "Recommend", call: tenBooks, concurrency, prepare: makeReader }),
    underHttp2Load(importedApp, { name: "SayHello", call: hello, concurrency }),
  ],
  targets: [{ of: "Recommend", per: "SayHello", bound: "≥", value: 0.25 }],
};
