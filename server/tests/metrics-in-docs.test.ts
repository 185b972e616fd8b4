import { createClient } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { sendRequest } from "@triptych/testkit/clients/send-request.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { beforeAll, expect, it } from "vitest";
import { modelServed } from "../src/testing/model-served.ts";
import { useServer } from "../src/testing/use-server.ts";
import { found, read } from "./documents.ts";

const server = useServer();
const document = read("docs/observability.md");
/** The rows of the tables of metrics: name and, where the table has them, labels. */
const rows = [...document.matchAll(/^\| `([a-z]+(?:_[a-z]+)+|held)` \|([^|]*)\|/gm)];
let text: string;

beforeAll(async () => {
  await createClient(GreeterService, createTransport("grpc", server.baseUrl)).sayHello({ name: "Ada" });
  await modelServed(server.baseUrl);
  text = (await sendRequest(server.baseUrl, "/metrics")).body.toString();
});

it("each metric stands in docs/observability.md with its meaning, and no other does", () => {
  const shown = found(text, /^# TYPE ((?!process_|nodejs_)\w+) /gm);
  expect(rows.map(([, name = ""]) => name).sort()).toEqual(shown);
});

it("the labels that it names are those of the metrics", () => {
  const wrong = rows.flatMap(([, name = "", labels = ""]) => {
    const named = labels.split(",").map((label) => label.trim().replace(/^and /, ""));
    if (!named.every((label) => /^[a-z]\w*$/.test(label))) return [];
    const sample = new RegExp(`^${name}(?:_count)?\\{(.*)\\} `, "m").exec(text)?.[1] ?? "";
    return named.filter((label) => !sample.includes(`${label}="`)).map((label) => `${name}: ${label}`);
  });
  expect(wrong).toEqual([]);
});
