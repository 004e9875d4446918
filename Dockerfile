# The images: docker build --target monitor|worker|simulator.
# Base images from elsewhere: --build-arg MAVEN_IMAGE=... --build-arg JRE_IMAGE=... (a Debian or Ubuntu with Java 25).
ARG MAVEN_IMAGE=maven:3.9-eclipse-temurin-25
ARG JRE_IMAGE=eclipse-temurin:25-jre

# Only what names libraries, so that the next stage is done again only when those change.
FROM ${MAVEN_IMAGE} AS poms
WORKDIR /src
COPY . .
RUN find . -type f ! -name pom.xml ! -path './.mvn/*' -delete

FROM ${MAVEN_IMAGE} AS libraries
ENV MODULES="-pl monitor-service,queue-worker,graph-simulator -am" \
    UNTESTED="-DskipTests -Dspotless.check.skip -Denforcer.skip"
WORKDIR /src
COPY --from=poms /src ./
# Without sources this builds empty jars; what counts is what it downloads.
RUN mvn -B -ntp $MODULES $UNTESTED -Dshade.skip package && find . -name target -prune -exec rm -r {} +

FROM libraries AS build
COPY . .
RUN mvn -B -ntp $MODULES $UNTESTED package

FROM ${JRE_IMAGE} AS runtime
RUN echo 'monitor:x:10001:10001::/data:/usr/sbin/nologin' >> /etc/passwd \
 && echo 'monitor:x:10001:' >> /etc/group \
 && mkdir /app /data && chown 10001:10001 /data
COPY ops/container/ /app/
WORKDIR /app
ENV JAVA_OPTS="-Xmx512m -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError"
ENTRYPOINT ["/app/start"]
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=4 CMD ["/app/health"]

FROM runtime AS monitor-jar
COPY --from=build /src/monitor-service/target/monitor-service.jar app.jar
# In a container, other addresses than loopback are the only way in: without API_TOKEN it does not start.
ENV HTTP_HOST=0.0.0.0 ADMIN_HOST=0.0.0.0 LOG_FILE=none \
    DATABASE_URL=jdbc:h2:file:/data/email-monitor ATTACHMENTS_DIR=/data/email_attachments \
    HEALTH_URL=http://127.0.0.1:8081/health/live
EXPOSE 8000 8081

FROM monitor-jar AS monitor-trained
COPY --from=build /src/graph-simulator/target/graph-simulator.jar simulator.jar
RUN ./train-monitor

FROM monitor-jar AS monitor
COPY --from=monitor-trained /app/app.aot ./
USER 10001:10001
VOLUME /data

FROM runtime AS worker-jar
COPY --from=build /src/queue-worker/target/queue-worker.jar app.jar
ENV WORKER_ADMIN_PORT=8081 OUTPUT_DIR=/data/output HEALTH_URL=http://127.0.0.1:8081/health/live
EXPOSE 8081

FROM worker-jar AS worker-trained
RUN ./train

FROM worker-jar AS worker
COPY --from=worker-trained /app/app.aot ./
# A volume mounted there belongs to whoever the folder belongs to.
RUN mkdir /data/output && chown 10001:10001 /data/output
USER 10001:10001
VOLUME /data

FROM runtime AS simulator-jar
COPY --from=build /src/graph-simulator/target/graph-simulator.jar app.jar
ENV HEALTH_URL=http://127.0.0.1:9000/_simulator/totals
EXPOSE 9000
CMD ["--host", "0.0.0.0", "--port", "9000"]

FROM simulator-jar AS simulator-trained
RUN ./train --port 9000

FROM simulator-jar AS simulator
COPY --from=simulator-trained /app/app.aot ./
USER 10001:10001
