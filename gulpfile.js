const { dest, parallel, src } = require('gulp');
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

/** What the compiler leaves over: icons, codex files, and the address in the compiled credential. */
exports.default = parallel(icons, codex, links);
