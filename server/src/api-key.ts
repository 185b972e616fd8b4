// `npm run api-key -- create NAME [--admin] | list | revoke ID`: manages the API keys of the file that API_KEYS_FILE names.
import { InvalidConfig, readConfig } from "./config.ts";
import { KeyFileUnusable } from "./identity/key-file.ts";
import { KeyCommandError, manageApiKeys } from "./manage-api-keys.ts";

try {
  const file = readConfig(process.env).identity?.apiKeysFile;
  if (file === undefined) throw new KeyCommandError("set API_KEYS_FILE to the file of the keys, as for the server");
  console.log(await manageApiKeys(file, process.argv.slice(2), new Date()));
} catch (error) {
  const isForCaller =
    error instanceof KeyCommandError || error instanceof KeyFileUnusable || error instanceof InvalidConfig;
  if (!isForCaller) throw error;
  console.error(error.message);
  process.exit(1);
}
