const { dest, parallel, src } = require('gulp');
const { mkdirSync, rmSync, writeFileSync } = require('node:fs');
const { Transform } = require('node:stream');
const { repository } = require('./package.json');

/** Source files name the repository by this host; its real address stands in package.json only. */
const PLACEHOLDER = 'https://repository.invalid/';
const documents = `${repository.url.replace(/^git\+/, '').replace(/\.git$/, '')}/blob/main/`;

function withAddress() {
	return new Transform({
		objectMode: true,
		transform(file, _encoding, done) {
			file.contents = Buffer.from(file.contents.toString().replaceAll(PLACEHOLDER, documents));
			done(null, file);
		},
	});
}

const icons = () => src('nodes/**/*.svg', { encoding: false }).pipe(dest('dist/nodes'));
const codex = () => src('nodes/**/*.node.json').pipe(withAddress()).pipe(dest('dist/nodes'));
const links = () => src('dist/credentials/*.js').pipe(withAddress()).pipe(dest('dist/credentials'));

/** n8n's editor reads one schema file an operation, and one for the trigger; they come from the catalogues. */
async function schemas() {
	const { resources } = require('./dist/nodes/Bitrix24Telephony/operations');
	const { outputSchema } = require('./dist/nodes/common/outputSchema');
	const { events, outputOf } = require('./dist/nodes/Bitrix24TelephonyTrigger/events');
	const { READY } = require('./dist/nodes/Bitrix24TelephonyTrigger/ready');
	const click = events.find(({ code }) => code === 'ONEXTERNALCALLSTART');
	mkdirSync('dist/nodes/Bitrix24TelephonyTrigger/__schema__', { recursive: true });
	for (const [version, more] of Object.entries({ '1.0.0': {}, '1.1.0': {}, '1.2.0': READY, '1.3.0': READY })) {
		writeFileSync(
			`dist/nodes/Bitrix24TelephonyTrigger/__schema__/v${version}.json`,
			JSON.stringify(outputSchema({ ...outputOf(click), ...more })),
		);
	}
	const { REPORT } = require('./dist/nodes/PhoneSystemTrigger/events');
	mkdirSync('dist/nodes/PhoneSystemTrigger/__schema__', { recursive: true });
	writeFileSync('dist/nodes/PhoneSystemTrigger/__schema__/v1.1.0.json', JSON.stringify(outputSchema(REPORT)));
	for (const { value, operations } of resources) {
		for (const [version, key] of Object.entries({ '1.0.0': 'outputBefore', '1.1.0': 'output' })) {
			const folder = `dist/nodes/Bitrix24Telephony/__schema__/v${version}/${value}`;
			mkdirSync(folder, { recursive: true });
			for (const operation of operations)
				writeFileSync(`${folder}/${operation.entry.value}.json`, JSON.stringify(outputSchema(operation[key])));
		}
	}
}

/** What the compiler leaves over: icons, codex files, the address in the compiled credential, and schema files. */
exports.default = parallel(icons, codex, links, schemas);

/** Nothing of an earlier build is published. */
exports.clean = async () => rmSync('dist', { recursive: true, force: true });
