import { GreetPanel } from "./greet-panel.tsx";
import classes from "./greeter-page.module.css";
import { StreamPanel } from "./stream-panel.tsx";
import { useGreetingForm } from "./use-greeting-form.ts";
import { useGreetingStream } from "./use-greeting-stream.ts";
import { useLanguages } from "./use-languages.ts";
import { WallPanel } from "./wall-panel.tsx";

/** The page of the greeter service: greet, follow every greeting made by anyone, and stream greetings. */
export function GreeterPage() {
  const [form, setForm] = useGreetingForm();
  const languages = useLanguages();
  const stream = useGreetingStream();
  return (
    <div className={classes.panels}>
      <div className={classes.greet}>
        <GreetPanel form={form} onChange={setForm} languages={languages} streamRefusal={stream.refusal} />
      </div>
      <div className={classes.wall}>
        <WallPanel languages={languages.byTag} />
      </div>
      <div className={classes.stream}>
        <StreamPanel form={form} stream={stream} languages={languages.byTag} />
      </div>
    </div>
  );
}
