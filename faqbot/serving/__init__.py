"""A knowledge base in front of the people who ask: HTTP, a web page and MCP.

server         runs it: uvicorn with time-outs and a stop that loses no reply
app            the routes, and what a request has to look like
guard          what every request passes: host, origin, token, rate; headers and the access log
limits         a token bucket for each client
metrics        counters and a latency histogram as Prometheus text
workers        carries out calls in one thread, or in processes
body           what a request holds, within the limit
arguments      what a caller sends, checked
service        the calls: a bot and its conversations, JSON in and out
conversations  conversations by unguessable id, bounded in number and age
page           the chat page, its widget, and a reply as HTML
markup         an answer's Markdown as HTML, through a whitelist
tools          the MCP server
stdio          standard input and output as its messages, each of which gets an answer
endpoint       the MCP server as a route, loaded by its first request
"""
