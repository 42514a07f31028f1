/** What both compilers have in common. */
const jsdom = {
  testEnvironment: 'jsdom',
  setupFilesAfterEnv: ['@testing-library/jest-dom'],
};

/** @type {import('jest').Config} */
module.exports = {
  projects: [
    { ...jsdom, displayName: 'babel' },
    { ...jsdom, displayName: 'ts-jest', transform: { '\\.tsx?$': 'ts-jest' } },
  ],
};
