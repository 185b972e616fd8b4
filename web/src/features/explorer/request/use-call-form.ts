import type { DescMethod, FileRegistry } from "@bufbuild/protobuf";
import { useState } from "react";
import type { SharedCall } from "../share/shared-call.ts";
import { type Deadline, readDeadline } from "./deadline.ts";
import { type Metadata, type MetadataProblem, type MetadataRow, readMetadata } from "./metadata.ts";
import { type RequestState, useRequest } from "./use-request.ts";

/** Everything that is filled in for a call. */
export interface CallForm {
  readonly request: RequestState;
  readonly rows: readonly MetadataRow[];
  readonly setRows: (rows: readonly MetadataRow[]) => void;
  readonly metadata: Metadata;
  readonly metadataProblems: ReadonlyMap<number, MetadataProblem>;
  readonly deadline: string;
  readonly setDeadline: (deadline: string) => void;
  readonly readDeadline: Deadline;
  /** Whether the metadata and the deadline can be sent as they stand. */
  readonly areSettingsValid: boolean;
}

/** The call that a person fills in for a method, begun with one that was shared where there is one. */
export function useCallForm(method: DescMethod, types: FileRegistry, begin: SharedCall | undefined): CallForm {
  const request = useRequest(method, types, begin?.request);
  const [rows, setRows] = useState<readonly MetadataRow[]>(
    () => begin?.metadata.map(([name, value], index) => ({ id: index + 1, name, value })) ?? [],
  );
  const [deadline, setDeadline] = useState(begin?.deadline ?? "");
  const { metadata, problems } = readMetadata(rows);
  const read = readDeadline(deadline);
  return {
    request,
    rows,
    setRows,
    metadata,
    metadataProblems: problems,
    deadline,
    setDeadline,
    readDeadline: read,
    areSettingsValid: problems.size === 0 && !("problem" in read),
  };
}
