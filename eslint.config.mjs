import communityNodes from '@n8n/eslint-plugin-community-nodes';
import nodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

const { parser } = tseslint;
const json = { parser, parserOptions: { extraFileExtensions: ['.json'] } };
const rulesOf = (name) => nodesBase.configs[name].rules;

/** n8n's rules hold for what ships; the strict TypeScript rules hold for everything. */
export default tseslint.config(
	{ ignores: ['dist/', 'node_modules/', 'tools/n8n/versions/stub/'] },
	{ linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
	{
		// What Prettier leaves long: comments. Texts are searched for, and stay in one piece.
		rules: {
			'max-len': [
				'error',
				{
					code: 120,
					tabWidth: 2,
					ignoreStrings: true,
					ignoreTemplateLiterals: true,
					ignoreUrls: true,
					ignoreRegExpLiterals: true,
				},
			],
		},
	},
	{
		files: ['**/*.ts', 'sandbox/page/public/**/*.js'],
		extends: [...tseslint.configs.strict, ...tseslint.configs.stylistic],
		rules: {
			'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ varsIgnorePattern: '^_', argsIgnorePattern: '^_', ignoreRestSiblings: true },
			],
		},
	},
	{
		...communityNodes.configs.recommended,
		plugins: { '@n8n/community-nodes': communityNodes },
		files: ['nodes/**/*.ts', 'credentials/**/*.ts', 'bitrix24/**/*.ts', 'pbx/**/*.ts'],
	},
	{
		...communityNodes.configs.recommended,
		plugins: { '@n8n/community-nodes': communityNodes, 'n8n-nodes-base': nodesBase },
		files: ['package.json'],
		rules: { ...communityNodes.configs.recommended.rules, ...rulesOf('community') },
		languageOptions: json,
	},
	{
		files: ['nodes/**/*.ts'],
		plugins: { 'n8n-nodes-base': nodesBase },
		rules: rulesOf('nodes'),
	},
	{
		files: ['credentials/**/*.ts'],
		plugins: { 'n8n-nodes-base': nodesBase },
		// The rule that is off wants the key of a page of n8n's own documentation; credential-documentation-url demands an
		// address, and cred-class-field-documentation-url-missing a plain text. All three cannot be had.
		rules: { ...rulesOf('credentials'), 'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off' },
	},
);
