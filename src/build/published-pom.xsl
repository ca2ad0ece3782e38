<?xml version="1.0" encoding="UTF-8"?>
<!-- Copies the flattened POM and keeps only the dependencies that a user of the jar needs on the class path. -->
<xsl:stylesheet version="1.0"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:m="http://maven.apache.org/POM/4.0.0">
  <xsl:output method="xml" encoding="UTF-8" indent="yes"/>
  <xsl:strip-space elements="*"/>

  <xsl:template match="@* | node()">
    <xsl:copy>
      <xsl:apply-templates select="@* | node()"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="m:project/m:dependencies">
    <xsl:copy>
      <xsl:apply-templates select="m:dependency[m:artifactId = 'jspecify' or m:artifactId = 'jtokkit']"/>
    </xsl:copy>
  </xsl:template>
</xsl:stylesheet>
