import type { Row } from "./row.ts";
import { grpcUnary } from "./rows/grpc-unary.ts";

/** Every row, in the order of the report. */
export const allRows: readonly Row[] = [grpcUnary];
