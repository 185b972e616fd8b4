import type { JsonValue } from "@bufbuild/protobuf";

/** Names and values, in order; a name may be there more than once. */
type Metadata = readonly (readonly [name: string, value: string])[];

/** Parts of a name that say that the value is for its owner alone. */
const secretName = new RegExp(
  [
    "auth|token|secret|passw|passphrase|passcode|cookie|credential|session|signature|jwt|bearer|assertion|csrf|xsrf",
    // Words too short to be looked for within others.
    "(?:^|[-_.])(?:pass|pwd|pw|pin|otp|totp|mfa|sid|sig|psk|pat|saml|cert)(?:[-_.]|$)",
    "(?:^|[-_.])(?:api|access|private|shared|account|master|encryption)?[-_.]?key(?:[-_.]?id)?(?:[-_.]|$)",
  ].join("|"),
);

/** How a value begins that is a proof of identity, by the schemes of `authorization`. */
const scheme =
  /^(?:bearer|basic|digest|negotiate|ntlm|token|apikey|api-key|bot|hawk|mac|oauth|dpop|gnap|vapid|hoba|mutual|scram-[\w-]+|aws4-[\w-]+|sharedaccesssignature|sharedkey(?:lite)?|ssws|splunk|genie-?key|key)[\s:=]+\S/i;

/** How the keys and tokens of today's services look, wherever in a value they stand. */
const shape = new RegExp(
  `(?<![A-Za-z0-9])(?:${[
    // GitHub, GitLab, Bitbucket, Atlassian
    "gh[pousr]_\\w{4,}|github_pat_\\w{4,}|gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat|ffct)-[\\w-]{4,}|AT(?:BB|ATT3|CTT3)[\\w=-]{8,}",
    // Clouds: AWS, Google, Azure, DigitalOcean, Alibaba, Yandex, Cloudflare
    "(?:AKIA|ASIA|ABIA|ACCA|AROA|AIDA)[A-Z0-9]{12,}|AIza[\\w-]{20,}|ya29\\.[\\w-]{4,}|GOCSPX-[\\w-]{4,}|do[oprt]_v1_\\w{4,}|LTAI[A-Za-z0-9]{12,}|y[01]_[\\w-]{20,}|AccountKey=\\S{4,}|[?&]sig=[\\w%+/-]{8,}",
    // Packages: npm, PyPI, RubyGems, Docker, crates, NuGet
    "npm_\\w{4,}|pypi-[\\w-]{4,}|rubygems_\\w{4,}|dckr_(?:pat|oat)_[\\w-]{4,}|cio\\w{20,}|oy2[a-z0-9]{40,}",
    // Money and messages: Stripe, Square, Slack, Twilio, SendGrid, Mailgun, Mailchimp, Telegram, Discord
    "(?:sk|pk|rk)[-_](?:live|test|prod|proj|ant|or|svcacct)?[-_]?\\w{3,}|whsec_\\w{4,}|sq0(?:atp|csp|idp)-[\\w-]{4,}|EAAA[\\w-]{20,}|xox[a-z](?:\\.xox[a-z])?-[\\w.-]{4,}|xapp-[\\w-]{4,}|SG\\.[\\w-]{8,}\\.[\\w-]{8,}|SK[0-9a-f]{32}|key-[0-9a-f]{32}|[0-9a-f]{32}-us\\d{1,2}|\\d{8,10}:AA[\\w-]{30,}",
    // Platforms: Shopify, Hugging Face, Vault, Grafana, Sentry, Databricks, Linear, Notion, Figma, Postman, New Relic, Doppler, Pulumi, Terraform, Tailscale, Supabase, PlanetScale, Vercel, Netlify, Fly, Groq
    "shp(?:at|ca|pa|ss|ua)_\\w{4,}|hf_\\w{4,}|hv[sbr]\\.[\\w-]{4,}|gl(?:c|sa)_[\\w=/+]{4,}|sntry[su]_[\\w=/+]{4,}|dapi[0-9a-f]{16,}|lin_(?:api|oauth)_\\w{4,}|(?:secret|ntn)_\\w{20,}|figd_[\\w-]{4,}|PMAK-[\\w-]{4,}|NR(?:AK|JS|BR|II)-[\\w-]{4,}|dp\\.(?:pt|st|ct|sa|scim|audit)\\.[\\w.-]{4,}|pul-\\w{4,}|\\w{14}\\.atlasv1\\.[\\w-]{4,}|tskey-[\\w-]{4,}|sb[ps]_\\w{8,}|sb_secret_\\w{4,}|pscale_(?:tkn|pw|oauth)_[\\w.-]{4,}|vc[a-z]_\\w{4,}|nf[a-z]_\\w{20,}|FlyV1\\s+fm\\d|gsk_\\w{4,}|xai-\\w{4,}|AGE-SECRET-KEY-1\\w{4,}",
    // API keys of this server
    "tk_[a-z0-9]{12}_[\\w-]{4,}",
    // Tokens of any issuer: JWT, PASETO, a key in PEM, an address with a password in it
    "eyJ[\\w-]+\\.[\\w-]+\\.|v[1-4]\\.(?:local|public)\\.[\\w-]{4,}",
  ].join("|")})|-----BEGIN[ A-Z]*|\\b[a-z][a-z0-9+.-]*://[^\\s/:@]*:[^\\s/@]+@`,
);

/** What only names variables, as the Explorer has them: their values are elsewhere. */
const onlyVariables = /^(?:[\w-]+\s+)?(?:\{\{\s*[\w.-]+\s*\}\}:?)+$/;

/** Whether metadata looks like something that only its owner may have, by its name or by how the value looks. */
export function looksSecret(name: string, value: string): boolean {
  if (onlyVariables.test(value.trim())) return false;
  return secretName.test(name.toLowerCase()) || isSecretValue(value);
}

/** The metadata that a link may hold, and the names of the rest. */
export function withoutSecrets(metadata: Metadata): { readonly kept: Metadata; readonly leftOut: readonly string[] } {
  const isSecret = ([name, value]: Metadata[number]) => looksSecret(name, value);
  return {
    kept: metadata.filter((entry) => !isSecret(entry)),
    leftOut: [...new Set(metadata.filter(isSecret).map(([name]) => name))],
  };
}

/**
 * The message that a link may hold, and the paths of the texts that are left out of it, such as `items[0].key`. Only how a
 * value looks counts: names such as `page_token` are common in messages. In a list, an empty text stands in the place.
 */
export function messageWithoutSecrets(message: JsonValue): {
  readonly kept: JsonValue;
  readonly leftOut: readonly string[];
} {
  const leftOut: string[] = [];
  const clean = (value: JsonValue, path: string): JsonValue => {
    if (typeof value === "string" && isSecretValue(value)) {
      leftOut.push(path);
      return "";
    }
    if (Array.isArray(value)) return value.map((item, index) => clean(item, `${path}[${index}]`));
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(
      ([name, member]) => [name, clean(member, path === "" ? name : `${path}.${name}`)] as const,
    );
    return Object.fromEntries(entries);
  };
  return { kept: clean(message, ""), leftOut };
}

function isSecretValue(value: string): boolean {
  return !onlyVariables.test(value.trim()) && (scheme.test(value.trim()) || shape.test(value));
}
