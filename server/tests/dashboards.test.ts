import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createClient } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { root } from "@triptych/testkit/checkout/written-files.ts";
import { sendRequest } from "@triptych/testkit/clients/send-request.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { beforeAll, describe, expect, it } from "vitest";
import { modelServed } from "../src/testing/model-served.ts";
import { useServer } from "../src/testing/use-server.ts";

const grafana = join(root, "deploy/grafana");
const prometheus = join(root, "deploy/prometheus");
const dashboards = readdirSync(grafana).filter((name) => name.endsWith(".json"));

const server = useServer();
/** The names of the labels of each sample that the server shows. */
let labelsOf: ReadonlyMap<string, ReadonlySet<string>>;

beforeAll(async () => {
  const client = createClient(GreeterService, createTransport("grpc", server.baseUrl));
  await client.sayHello({ name: "Ada" });
  await expect(client.sayHello({ name: "\n" })).rejects.toThrow();
  await modelServed(server.baseUrl);
  labelsOf = readLabels((await sendRequest(server.baseUrl, "/metrics")).body.toString());
});

function readLabels(text: string): Map<string, Set<string>> {
  const labels = new Map<string, Set<string>>();
  for (const [, name = "", inside = ""] of text.matchAll(/^([a-z_]\w*)(?:\{(.*)\})? /gm)) {
    const known = labels.get(name) ?? new Set();
    for (const [, label = ""] of inside.matchAll(/(\w+)="/g)) known.add(label);
    labels.set(name, known);
  }
  return labels;
}

/** What Prometheus adds to the samples of a server. */
const ADDED = new Set(["instance", "job"]);

/** What an expression names that the server does not show: metrics, and labels that their samples do not have. */
function unknownIn(expression: string): string[] {
  const selectors = [...expression.matchAll(/([a-z]\w*)\{([^}]*)\}/g)];
  return selectors.flatMap(([, name = "", inside = ""]) => {
    if (name === "up") return [];
    const labels = labelsOf.get(name);
    if (labels === undefined) return [name];
    return [...inside.matchAll(/(\w+)(?:=|!=|=~|!~)"/g)].flatMap(([, label = ""]) =>
      labels.has(label) || ADDED.has(label) ? [] : [`${name}{${label}}`],
    );
  });
}

/** All texts under a name, however deep. */
function textsNamed(name: string, value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === name && typeof inner === "string" ? [inner] : textsNamed(name, inner),
  );
}

describe.each(dashboards)("the dashboard %s", (name) => {
  const dashboard: unknown = JSON.parse(readFileSync(join(grafana, name), "utf8"));

  it("asks for what the server shows", () => {
    const expressions = textsNamed("expr", dashboard);
    expect(expressions.length).toBeGreaterThan(5);
    expect(expressions.filter((text) => !text.includes("{"))).toEqual([]);
    expect(expressions.flatMap(unknownIn)).toEqual([]);
  });

  it("chooses among what the server shows", () => {
    const queries = textsNamed("query", dashboard).filter((text) => text.startsWith("label_values("));
    const names = queries.map((text) => /\((\w+),/.exec(text)?.[1] ?? text);
    expect(names.filter((metric) => !labelsOf.has(metric))).toEqual([]);
  });
});

it("the alerts ask for what the server shows", () => {
  const rules = readFileSync(join(prometheus, "alerts.yml"), "utf8");
  expect(rules.match(/- alert: /g)?.length).toBe(rules.match(/\brunbook: /g)?.length);
  expect(unknownIn(rules.replace(/(summary|runbook): .*/g, ""))).toEqual([]);
});

const hasPromtool = spawnSync("promtool", ["--version"]).status === 0;

describe.skipIf(!hasPromtool)("Prometheus' own tool, which is skipped where it is not installed", () => {
  const promtool = (...args: readonly string[]) =>
    spawnSync("promtool", args, { cwd: prometheus, encoding: "utf8", stdio: "pipe" });

  it("finds nothing wrong with the configuration and the rules", () => {
    const { status, stdout, stderr } = promtool("check", "config", "prometheus.yml");
    expect({ status, output: stdout + stderr }).toMatchObject({ status: 0 });
  });

  it("has the alerts come when they should", () => {
    const { status, stdout, stderr } = promtool("test", "rules", "alerts.test.yml");
    expect({ status, output: stdout + stderr }).toMatchObject({ status: 0 });
  });

  it("reads the metrics, and finds fault only with names that are not ours", async () => {
    const { body } = await sendRequest(server.baseUrl, "/metrics");
    const { stderr } = spawnSync("promtool", ["check", "metrics"], { input: body, encoding: "utf8" });
    expect(stderr.split("\n").filter((line) => line !== "" && !line.startsWith("nodejs_active_"))).toEqual([]);
  });
});
