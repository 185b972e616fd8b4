import { PageHeader } from "../../components/page-header.tsx";

/** The page of the greeter service. */
export function GreeterPage() {
  return (
    <PageHeader title="Greeter" lede="Greetings in many languages, and every one made on this server as it happens." />
  );
}
