// n8n-core logs every failing node; the tests read the failures from the run.
process.env.N8N_LOG_LEVEL = 'silent';
