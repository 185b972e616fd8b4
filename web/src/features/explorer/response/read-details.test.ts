import { createRegistry } from "@bufbuild/protobuf";
import { DurationSchema } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError } from "@connectrpc/connect";
import { BadRequestSchema } from "@triptych/proto/google/rpc/error_details_pb.ts";
import { expect, it } from "vitest";
import { allTypes } from "../testing/all-types.ts";
import { readDetails } from "./read-details.ts";

const field = (text: string) => Uint8Array.from([10, text.length, ...new TextEncoder().encode(text)]);

function withDetails(...details: { type: string; value: Uint8Array }[]): ConnectError {
  const error = new ConnectError("no", Code.Internal);
  error.details = details;
  return error;
}

it("reads details by the types of the server and by those that most errors use", () => {
  const error = withDetails(
    { type: "alltypes.Sink", value: field("hi") },
    { type: BadRequestSchema.typeName, value: Uint8Array.from([10, 3, 10, 1, 97]) },
  );
  expect(readDetails(error, allTypes)).toEqual([
    { type: "alltypes.Sink", content: { json: { text: "hi" } } },
    { type: BadRequestSchema.typeName, content: { json: { fieldViolations: [{ field: "a" }] } } },
  ]);
});

it("reads details that never crossed a wire", () => {
  const error = new ConnectError("no", Code.Internal, undefined, [{ desc: DurationSchema, value: { seconds: 2n } }]);
  expect(readDetails(error, allTypes)).toEqual([{ type: "google.protobuf.Duration", content: { json: "2s" } }]);
});

it("leaves in base64 what nobody told of, and what is not what its type says", () => {
  const error = withDetails(
    { type: "secret.Thing", value: Uint8Array.from([1, 2, 3]) },
    { type: "alltypes.Sink", value: Uint8Array.from([10, 200]) },
  );
  expect(readDetails(error, createRegistry(allTypes)).map(({ content }) => content)).toEqual([
    { base64: "AQID" },
    { base64: "Csg=" },
  ]);
});
