import type { DescMethod, FileRegistry } from "@bufbuild/protobuf";
import { useState } from "react";
import type { Metadata, SharedCall } from "../../../call-link/shared-call.ts";
import { useValues } from "../variables/environments-context.ts";
import { type Deadline, readDeadline } from "./deadline.ts";
import { type MetadataProblem, type MetadataRow, readMetadata } from "./metadata.ts";
import { type RequestState, useRequest } from "./use-request.ts";

/** Everything that is filled in for a call. */
export interface CallForm {
  readonly request: RequestState;
  readonly rows: readonly MetadataRow[];
  readonly setRows: (rows: readonly MetadataRow[]) => void;
  /** As it was written, with the names of variables: what is kept and shared. */
  readonly metadata: Metadata;
  /** As it is sent. */
  readonly sent: Metadata;
  readonly metadataProblems: ReadonlyMap<number, MetadataProblem>;
  readonly deadline: string;
  readonly setDeadline: (deadline: string) => void;
  readonly readDeadline: Deadline;
  /** Whether the metadata and the deadline can be sent as they stand. */
  readonly areSettingsValid: boolean;
}

/** The call that a person fills in for a method, begun with one that was shared where there is one. */
export function useCallForm(method: DescMethod, types: FileRegistry, begin: SharedCall | undefined): CallForm {
  const values = useValues();
  const request = useRequest(method, types, values, begin?.request);
  const [rows, setRows] = useState<readonly MetadataRow[]>(
    () => begin?.metadata.map(([name, value], index) => ({ id: index + 1, name, value })) ?? [],
  );
  const [deadline, setDeadline] = useState(begin?.deadline ?? "");
  const { metadata, sent, problems } = readMetadata(rows, values);
  const read = readDeadline(deadline);
  return {
    request,
    rows,
    setRows,
    metadata,
    sent,
    metadataProblems: problems,
    deadline,
    setDeadline,
    readDeadline: read,
    areSettingsValid: problems.size === 0 && !("problem" in read),
  };
}
