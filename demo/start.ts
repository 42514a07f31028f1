import { readSettings, type Settings } from './settings.ts';
import { startDemo } from './startDemo.ts';

const settings = settingsOrLeave();
const demo = await startDemo(settings);
console.log(`\n  ${demo.url}\n`);
if (settings.backendUrl && demo.upsolveUrl) {
  console.log(`  ${settings.backendUrl} is asked for tokens. Upsolve's stand-in, for it:\n`);
  console.log(`  UPSOLVE_URL=${demo.upsolveUrl} UPSOLVE_API_KEY=${settings.apiKey}\n`);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    demo.close();
    process.exit(0);
  });
}

function settingsOrLeave(): Settings {
  try {
    return readSettings(process.env);
  } catch (error) {
    console.error(`\n  ${(error as Error).message}\n`);
    process.exit(1);
  }
}
