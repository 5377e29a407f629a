/** One project a kind of test, so that `npm run test:<kind>` runs just that kind. */
const common = {
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }] },
  testEnvironment: 'node',
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};
const project = (name, testMatch) => ({ ...common, displayName: name, testMatch: testMatch.map((glob) => `<rootDir>/test/${glob}`) });

export default {
  projects: [
    project('unit', ['unit/**/*.test.ts']),
    project('engine', ['engine/**/*.test.ts']),
    project('contract', ['contract/**/*.test.ts']),
    project('e2e', ['e2e/**/*.test.ts']),
    project('browser', ['browser/**/*.test.ts']),
  ],
};
