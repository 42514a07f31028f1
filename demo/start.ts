import { startDemo } from './startDemo.ts';

const demo = await startDemo(process.env);
console.log(`\n  ${demo.url}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    demo.close();
    process.exit(0);
  });
}
