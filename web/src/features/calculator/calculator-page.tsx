import { PageHeader } from "../../components/page-header.tsx";

/** The page of the calculator service. */
export function CalculatorPage() {
  return <PageHeader title="Calculator" lede="An expression, its exact value, and every step on the way." />;
}
