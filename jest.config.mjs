/** One project a kind of test, so that `npm run test:<kind>` runs just that kind. */
const common = {
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }] },
  testEnvironment: 'node',
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};
const project = (name, testMatch) => ({ ...common, displayName: name, testMatch: testMatch.map((glob) => `<rootDir>/test/${glob}`) });
/** A real n8n takes its time; these tests wait for conditions and need room for it. */
const patient = { setupFilesAfterEnv: ['<rootDir>/test/support/patience.ts'] };

export default {
  projects: [
    project('unit', ['unit/**/*.test.ts']),
    { ...project('engine', ['engine/**/*.test.ts']), setupFiles: ['<rootDir>/test/support/quiet.ts'] },
    project('contract', ['contract/**/*.test.ts']),
    { ...project('e2e', ['e2e/**/*.test.ts']), ...patient },
    { ...project('browser', ['browser/**/*.test.ts']), ...patient },
  ],
};
