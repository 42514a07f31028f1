import { readSettings, type Settings } from './settings.ts';
import { startDemo } from './startDemo.ts';

const demo = await startDemo(settingsOrLeave());
console.log(`\n  ${demo.url}\n`);

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
