import { startRedis } from '../../../tools/n8n/services';

it('says what to install when a program is missing', async () => {
	const { PATH } = process.env;
	process.env.PATH = '';
	try {
		await expect(startRedis()).rejects.toThrow(
			'needs redis-server, not installed here. On Debian: apt-get install redis-server; .ci/run does it.',
		);
	} finally {
		process.env.PATH = PATH;
	}
});
