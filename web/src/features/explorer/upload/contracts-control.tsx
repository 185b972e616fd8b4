import { Button, FileButton } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { use, useState } from "react";
import { nameOfServer, useServer } from "../server/server-context.ts";
import classes from "./contracts-control.module.css";
import { ProtoProblem } from "./proto-problem.ts";
import { readUpload } from "./read-upload.ts";
import { UploadsContext } from "./uploads.ts";

/** Has files describe a server that has no reflection, in its place; and the server again. */
export function ContractsControl() {
  const uploads = use(UploadsContext);
  const queries = useQueryClient();
  const server = nameOfServer(useServer()) ?? "";
  const kept = ["explorer", "contracts", server];
  const { data: isKept } = useQuery({
    queryKey: kept,
    // Also where the set cannot be read: it can still be removed.
    queryFn: async () => (await uploads.read(server)) !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [problem, setProblem] = useState<string>();

  async function describeBy(set: Uint8Array | undefined): Promise<void> {
    await uploads.write(server, set);
    queries.setQueryData(kept, set !== undefined);
    await queries.resetQueries({ queryKey: ["explorer", "schema"] });
  }

  async function take(files: readonly File[]): Promise<void> {
    setProblem(undefined);
    if (files.length === 0) return;
    try {
      await describeBy(await readUpload(files));
    } catch (error) {
      if (!(error instanceof ProtoProblem)) throw error;
      setProblem(error.message);
    }
  }

  return (
    <>
      <FileButton multiple accept=".proto,.binpb,.pb,.desc,.protoset,.bin" onChange={(files) => void take(files)}>
        {(props) => (
          <Button
            {...props}
            variant="subtle"
            leftSection={<IconUpload aria-hidden size={16} stroke={1.75} />}
            title=".proto files, or a descriptor set in the binary format"
          >
            Upload contracts
          </Button>
        )}
      </FileButton>
      {isKept === true && (
        <p className={classes.note}>
          Described by files that you chose.{" "}
          <Button variant="subtle" size="compact-sm" onClick={() => void describeBy(undefined)}>
            Ask the server instead
          </Button>
        </p>
      )}
      {problem !== undefined && (
        <p role="alert" className={classes.problem}>
          {problem}
        </p>
      )}
    </>
  );
}
