import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runCommand } from "@triptych/testkit/processes/run-command.ts";
import { describe, expect, it, vi } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { KNOWN_SETTINGS } from "./known-settings.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const manifests = join(root, "deploy/kubernetes");
/** Where the types of a kind are. */
const TYPES: Readonly<Record<string, string>> = {
  "apps/v1": "apps/v1",
  "autoscaling/v2": "autoscaling/v2",
  "networking.k8s.io/v1": "networking/v1",
  "policy/v1": "policy/v1",
  v1: "core/v1",
};
/** What changes another manifest has a part of what that has, and null for what is to go. */
const PREAMBLE = `
type Part<T> = T extends readonly (infer U)[] ? readonly Part<U>[]
  : T extends object ? { [K in keyof T]?: Part<T[K]> | null } : T;
type Patch<T> = Part<T> & { $patch?: "delete" };
interface Kustomization {
  apiVersion: "kustomize.config.k8s.io/v1beta1";
  kind: "Kustomization";
  resources?: string[];
  patches?: { path: string }[];
  images?: { name: string; newName?: string; newTag?: string }[];
}
`;

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
}

const files = globSync("**/*.yaml", { cwd: manifests }).sort();
const patches = new Set(
  files.flatMap((file) => {
    const { patches: paths = [] } = parse(readFileSync(join(manifests, file), "utf8")) as {
      patches?: { path: string }[];
    };
    return paths.map(({ path }) => join(file, "..", path));
  }),
);

/** What TypeScript has against manifests by the types of their kinds; nothing where they are right. */
async function wrongIn(all: readonly { readonly manifest: Manifest; readonly isPatch: boolean }[]): Promise<string> {
  const cache = join(root, "node_modules/.cache");
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, "manifests-"));
  try {
    const lines = all.map(({ manifest, isPatch }, index) => {
      const type = typeOf(manifest);
      return `export const m${index}: ${isPatch ? `Patch<${type}>` : type} = ${JSON.stringify(manifest)};`;
    });
    await writeFile(join(folder, "manifests.ts"), PREAMBLE + lines.join("\n"));
    const options = [
      "--noEmit",
      "--strict",
      "--target",
      "esnext",
      "--module",
      "esnext",
      "--moduleResolution",
      "bundler",
    ];
    const tsc = join(root, "node_modules/.bin/tsc");
    return (await runCommand(tsc, [...options, "--ignoreConfig", "manifests.ts"], { cwd: folder })).stdout;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function typeOf({ apiVersion, kind }: Manifest): string {
  if (kind === "Kustomization") return kind;
  const file = TYPES[apiVersion];
  if (file === undefined) throw new Error(`the test must know the types of ${apiVersion}`);
  return `import("kubernetes-types/${file}").${kind}`;
}

const read = (file: string, change = (text: string) => text) => ({
  manifest: parse(change(readFileSync(join(manifests, file), "utf8"))) as Manifest,
  isPatch: patches.has(file),
});

describe("the manifests of Kubernetes", () => {
  vi.setConfig({ testTimeout: 60_000 });

  it("are made of what the types of their kinds have", async () => {
    expect(files).toContain("postgres/network-policy.yaml");
    expect(await wrongIn(files.map((file) => read(file)))).toBe("");
  });

  it.each([
    ["base/deployment.yaml", "readOnlyRootFilesystem", "readOnlyRootFileSystem"],
    ["base/deployment.yaml", "lifecycle", "lifeCycle"],
    ["base/kustomization.yaml", "newTag", "tag"],
    ["postgres/deployment.yaml", "maxUnavailable", "maxUnvailable"],
    ["postgres/autoscaler.yaml", "averageUtilization", "averageUtilisation"],
    ["postgres/network-policy.yaml", "podSelector", "podselector"],
  ])("would be refused: %s with %s written as %s", async (file, right, wrong) => {
    expect(await wrongIn([read(file, (text) => text.replace(right, wrong))])).toContain(wrong);
  });

  it("name files that are there, and settings that the server has", async () => {
    const texts = files.map((file) => ({ file, text: readFileSync(join(manifests, file), "utf8") }));
    const named = texts.flatMap(({ file, text }) => {
      const { resources = [], patches: own = [] } = parse(text) as {
        resources?: string[];
        patches?: { path: string }[];
      };
      return [...resources, ...own.map(({ path }) => path)]
        .filter((name) => name.endsWith(".yaml"))
        .map((name) => join(file, "..", name));
    });
    const others = files.filter((file) => !file.endsWith("kustomization.yaml"));
    expect(named.sort()).toEqual(others);
    const settings = texts.flatMap(({ text }) =>
      [...text.matchAll(/name: ([A-Z][A-Z_]+)\b/g)].map(([, name = ""]) => name),
    );
    expect(settings.filter((name) => !KNOWN_SETTINGS.has(name))).toEqual([]);
  });
});

/** What builds a folder of manifests, with what goes before the folder; undefined where there is nothing. */
function findKustomize(): readonly [command: string, ...before: string[]] | undefined {
  if (spawnSync("kustomize", ["version"]).status === 0) return ["kustomize", "build"];
  const kubectl = spawnSync("kubectl", ["version", "--client", "--output=json"], { encoding: "utf8" });
  const isNew = kubectl.status === 0 && /"kustomizeVersion": "v[4-9]/.test(kubectl.stdout);
  return isNew ? ["kubectl", "kustomize"] : undefined;
}

const kustomize = findKustomize();
const reason =
  kustomize === undefined ? "neither kustomize nor kubectl with kustomize 4 or later is installed" : undefined;

describe.skipIf(reason !== undefined)(`what kustomize makes of them${reason ? `: ${reason}` : ""}`, () => {
  vi.setConfig({ testTimeout: 60_000 });

  // What the cluster would be told.
  async function built(folder: string) {
    const [command = "", ...before] = kustomize ?? [];
    const { status, stdout, stderr } = await runCommand(command, [...before, join(manifests, folder)]);
    if (status !== 0) throw new Error(`kustomize must build ${folder}: got ${stderr}`);
    const all = parseAllDocuments(stdout).map((document) => document.toJS());
    expect(await wrongIn(all.map((manifest) => ({ manifest, isPatch: false })))).toBe("");
    const kinds = all.map(({ kind }) => kind).sort();
    const deployment = all.find(({ kind }) => kind === "Deployment");
    return { kinds, spec: deployment.spec, pod: deployment.spec.template.spec };
  }

  it("is one server with a volume of its own", async () => {
    const { kinds, spec, pod } = await built("base");
    expect(kinds).toEqual(["Deployment", "PersistentVolumeClaim", "Service"]);
    expect([spec.replicas, spec.strategy]).toEqual([1, { type: "Recreate" }]);
    expect(pod.volumes[0]).toEqual({ name: "data", persistentVolumeClaim: { claimName: "triptych" } });
  });

  it("is three servers on Postgres, which keep copies only", async () => {
    const { kinds, spec, pod } = await built("postgres");
    const others = ["HorizontalPodAutoscaler", "NetworkPolicy", "PodDisruptionBudget", "Service", "Service"];
    expect(kinds).toEqual(["Deployment", ...others]);
    expect(spec).toMatchObject({
      replicas: 3,
      strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0 } },
    });
    expect(pod.volumes[0]).toEqual({ name: "data", emptyDir: { sizeLimit: "4Gi" } });
    expect(pod.containers[0].env).toContainEqual({
      name: "DATABASE_URL",
      valueFrom: { secretKeyRef: { name: "triptych-postgres", key: "url" } },
    });
  });

  it.each(["base", "postgres"])("runs the image as it is meant to, and lets servers drain: %s", async (folder) => {
    const { pod } = await built(folder);
    const [container] = pod.containers;
    const dockerfile = await readFile(join(root, "Dockerfile"), "utf8");
    const { runAsUser, runAsGroup, runAsNonRoot } = pod.securityContext;
    expect([`USER ${runAsUser}:${runAsGroup}`, runAsNonRoot]).toEqual([/^USER .*$/m.exec(dockerfile)?.[0], true]);
    expect(container.securityContext).toMatchObject({ readOnlyRootFilesystem: true, allowPrivilegeEscalation: false });
    const drain = Number(container.env.find(({ name }: { name: string }) => name === "DRAIN_SECONDS").value);
    const before = container.lifecycle.preStop.sleep.seconds;
    // The server ends itself five seconds after the drain.
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(before + drain + 5);
  });
});
