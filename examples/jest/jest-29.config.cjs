const { projects } = require('./jest.config.cjs');

/** The same on Jest 29, which looks for its own jsdom beside itself. */
module.exports = {
  projects: projects.map((project) => ({ ...project, testEnvironment: 'jest-environment-jsdom-29' })),
};
